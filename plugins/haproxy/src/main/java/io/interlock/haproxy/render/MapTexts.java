package io.interlock.haproxy.render;

import io.interlock.haproxy.plan.Entry;
import io.interlock.haproxy.plan.HostSpec;
import io.interlock.haproxy.plan.RouteMap;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** The content of the map files: every host's lines, sorted. */
final class MapTexts {

    private MapTexts() {}

    static SortedMap<Path, String> of(List<HostSpec> hosts, Layout layout) {
        SortedMap<Path, String> texts = new TreeMap<>();
        for (RouteMap map : RouteMap.values()) {
            texts.put(layout.map(map), text(entries(map, hosts)));
        }
        return texts;
    }

    private static SortedMap<String, String> entries(RouteMap map, List<HostSpec> hosts) {
        SortedMap<String, String> entries = new TreeMap<>();
        for (HostSpec host : hosts) {
            for (Entry entry : host.entries()) {
                if (entry.key().map() == map) {
                    entries.put(entry.key().text(), entry.target());
                }
            }
        }
        return entries;
    }

    private static String text(SortedMap<String, String> entries) {
        StringBuilder text = new StringBuilder();
        entries.forEach(
                (key, value) -> text.append(key).append(' ').append(value).append('\n'));
        return text.toString();
    }
}
