package io.interlock.haproxy.render;

import io.interlock.haproxy.plan.BackendSpec;
import io.interlock.haproxy.plan.CertificateSpec;
import io.interlock.haproxy.plan.Entry;
import io.interlock.haproxy.plan.HostSpec;
import io.interlock.haproxy.plan.RouteMap;
import io.interlock.haproxy.plan.Wanted;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** The content of the map files: the lines of every host and of every backend's check, sorted. */
final class MapTexts {

    private MapTexts() {}

    static SortedMap<Path, String> of(Wanted wanted, RenderSettings settings) {
        Layout layout = settings.layout();
        SortedMap<Path, String> texts = new TreeMap<>();
        for (RouteMap map : RouteMap.values()) {
            if ((map == RouteMap.CHALLENGES && !wanted.frame().challenges())
                    || (map == RouteMap.TCP && wanted.frame().tcp().isEmpty())) {
                continue;
            }
            texts.put(
                    layout.map(map),
                    text(map == RouteMap.CHECKS ? checks(wanted.backends()) : entries(map, wanted.hosts())));
        }
        settings.tls().ifPresent(tls -> {
            texts.put(layout.certificateList(), certificates(wanted.certificates()));
            tls.clientAuthorities().ifPresent(pem -> texts.put(layout.clientAuthorities(pem), pem));
        });
        return texts;
    }

    private static String certificates(List<CertificateSpec> certificates) {
        StringBuilder text = new StringBuilder();
        certificates.forEach(certificate -> text.append(certificate.line()).append('\n'));
        return text.toString();
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

    private static SortedMap<String, String> checks(List<BackendSpec> backends) {
        SortedMap<String, String> checks = new TreeMap<>();
        backends.forEach(backend -> backend.check().ifPresent(check -> checks.put(backend.name(), check)));
        return checks;
    }

    private static String text(SortedMap<String, String> entries) {
        StringBuilder text = new StringBuilder();
        entries.forEach(
                (key, value) -> text.append(key).append(' ').append(value).append('\n'));
        return text.toString();
    }
}
