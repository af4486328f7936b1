package io.interlock.haproxy.render.map;

import io.interlock.haproxy.model.BackendSpec;
import io.interlock.haproxy.model.CertificateSpec;
import io.interlock.haproxy.model.DesiredConfig;
import io.interlock.haproxy.model.HaproxyMap;
import io.interlock.haproxy.model.HaproxyPaths;
import io.interlock.haproxy.model.HostSpec;
import io.interlock.haproxy.model.MapEntry;
import io.interlock.haproxy.render.directive.ForwardAuthDirectives;
import io.interlock.haproxy.render.directive.RenderSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Renders the files beside the configuration: maps with the lines of every host and of every backend's check, sorted, the
 * list of certificates, and the script that asks servers which authenticate.
 */
public final class MapFileRenderer {

    private MapFileRenderer() {}

    public static SortedMap<Path, String> of(DesiredConfig desired, RenderSettings settings) {
        HaproxyPaths layout = settings.layout();
        SortedMap<Path, String> texts = new TreeMap<>();
        for (HaproxyMap map : HaproxyMap.values()) {
            if ((map == HaproxyMap.CHALLENGES && !desired.frame().challenges())
                    || (map == HaproxyMap.TCP && desired.frame().tcp().isEmpty())) {
                continue;
            }
            texts.put(
                    layout.map(map),
                    text(map == HaproxyMap.CHECKS ? checks(desired.backends()) : entries(map, desired.hosts())));
        }
        settings.tls().ifPresent(tls -> {
            texts.put(layout.certificateList(), certificates(desired.certificates()));
            tls.clientAuthorities().ifPresent(pem -> texts.put(layout.clientAuthorities(pem), pem));
        });
        if (ForwardAuthDirectives.isUsedBy(desired.backends())) {
            String script = ForwardAuthDirectives.script(settings);
            texts.put(layout.script(script), script);
        }
        return texts;
    }

    private static String certificates(List<CertificateSpec> certificates) {
        StringBuilder text = new StringBuilder();
        certificates.forEach(certificate ->
                certificate.lines().forEach(line -> text.append(line).append('\n')));
        return text.toString();
    }

    private static SortedMap<String, String> entries(HaproxyMap map, List<HostSpec> hosts) {
        SortedMap<String, String> entries = new TreeMap<>();
        for (HostSpec host : hosts) {
            for (MapEntry entry : host.entries()) {
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
