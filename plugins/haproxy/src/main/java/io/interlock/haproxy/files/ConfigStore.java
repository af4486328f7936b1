package io.interlock.haproxy.files;

import io.interlock.haproxy.model.HaproxyPaths;
import io.interlock.haproxy.process.ConfigValidator;
import io.interlock.haproxy.process.HaproxyException;
import io.interlock.haproxy.render.RenderedConfig;
import io.interlock.util.AtomicFile;
import io.interlock.util.ErrorMessages;
import io.interlock.util.FileAccess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Store of the files that HAProxy reads. They change only to content that HAProxy validated, and can be restored.
 * Confined to one thread at a time.
 */
public final class ConfigStore {

    private final Path config;
    private final Optional<ConfigValidator> validator;
    private final FileAccess access;
    private final Path certificateList;
    private final CertificateFileStore certificates;
    private Optional<String> validRevision = Optional.empty();

    /**
     * @param validator empty: configurations cannot be validated before HAProxy loads them
     */
    public ConfigStore(Path config, HaproxyPaths layout, Optional<ConfigValidator> validator, FileAccess access) {
        this.certificateList = layout.certificateList();
        this.certificates = new CertificateFileStore(layout.certificates(), access);
        this.config = config;
        this.validator = validator;
        this.access = access;
    }

    /** Content of the files before a {@link #write}; empty for a file that did not exist. */
    public record Previous(Map<Path, Optional<String>> texts) {}

    /**
     * Validates the configuration with HAProxy, unless that just happened, and writes it, and the maps that differ.
     *
     * @return the previous content
     * @throws HaproxyException if HAProxy refuses the configuration, or if the files cannot be written; the files are
     *     then as before
     */
    public Previous write(RenderedConfig desired) throws HaproxyException, InterruptedException {
        Map<Path, Optional<String>> before = new LinkedHashMap<>();
        // Maps come first: while the old configuration is in place, their new lines lead nowhere.
        Map<Path, String> texts = new LinkedHashMap<>(desired.maps());
        texts.put(config, desired.config());
        List<AtomicFile> staged = new ArrayList<>();
        Path list = certificateList;
        try {
            for (Path path : texts.keySet()) {
                before.put(path, file(path).read());
            }
            makeMaps(desired);
            certificates.bring(desired.desired().certificates());
            for (Map.Entry<Path, String> text : texts.entrySet()) {
                if (desired.maps().containsKey(text.getKey())
                        && file(text.getKey()).read().equals(Optional.of(text.getValue()))) {
                    continue;
                }
                AtomicFile file = file(text.getKey());
                staged.add(file);
                // A full disk is detected here, before anything has changed.
                Path candidate = file.stage(text.getValue());
                if (text.getKey().equals(config)) {
                    validate(candidate, desired, list);
                } else if (text.getKey().equals(certificateList)) {
                    list = candidate;
                }
            }
            for (AtomicFile file : staged) {
                file.commit();
            }
            forgetCertificates(desired, before.getOrDefault(certificateList, Optional.empty()));
            return new Previous(before);
        } catch (IOException e) {
            restoreQuietly(before, e);
            throw new HaproxyException("HAProxy's files cannot be written: " + ErrorMessages.reason(e), e);
        } finally {
            staged.forEach(AtomicFile::discard);
        }
    }

    /** The configuration file. */
    public Path config() {
        return config;
    }

    /**
     * Like {@link #write}, unless the files already have this content; for the next start.
     *
     * @throws HaproxyException as {@link #write} does
     */
    public void writeIfDifferent(RenderedConfig desired) throws HaproxyException, InterruptedException {
        try {
            certificates.bring(desired.desired().certificates());
        } catch (IOException e) {
            throw new HaproxyException("HAProxy's files cannot be written: " + ErrorMessages.reason(e), e);
        }
        if (!isWritten(desired)) {
            write(desired);
            // The previous content is not restored after this.
            forgetCertificates(desired, Optional.empty());
        }
    }

    /**
     * Validates a configuration with HAProxy. Writes nothing except missing maps.
     *
     * @throws HaproxyException if HAProxy refuses the configuration, or could not be asked
     */
    public void check(RenderedConfig candidate) throws HaproxyException, InterruptedException {
        AtomicFile file = file(config);
        AtomicFile list = file(certificateList);
        try {
            certificates.bring(candidate.desired().certificates());
            String listed = candidate.maps().get(certificateList);
            validate(file.stage(candidate.config()), candidate, listed == null ? certificateList : list.stage(listed));
        } catch (IOException e) {
            throw new HaproxyException("HAProxy's files cannot be written: " + ErrorMessages.reason(e), e);
        } finally {
            file.discard();
            list.discard();
        }
    }

    private boolean isWritten(RenderedConfig desired) {
        try {
            for (Map.Entry<Path, String> map : desired.maps().entrySet()) {
                if (!file(map.getKey()).read().equals(Optional.of(map.getValue()))) {
                    return false;
                }
            }
            return file(config).read().equals(Optional.of(desired.config()));
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Restores the previous content.
     *
     * @throws HaproxyException if that is not possible
     */
    public void restore(Previous previous) throws HaproxyException {
        try {
            for (Map.Entry<Path, Optional<String>> file : previous.texts().entrySet()) {
                file(file.getKey()).replace(file.getValue());
            }
        } catch (IOException e) {
            throw new HaproxyException("HAProxy's previous files cannot be put back: " + ErrorMessages.reason(e), e);
        }
    }

    /** Deletes the files of certificates that neither the current nor the previous list names. */
    private void forgetCertificates(RenderedConfig desired, Optional<String> before) {
        Set<String> named = new HashSet<>();
        desired.desired().certificates().forEach(certificate -> named.add(certificate.path()));
        before.ifPresent(list -> list.lines().forEach(line -> named.add(line.split(" ", 2)[0])));
        certificates.keepOnly(named);
    }

    /**
     * @param list the path of the list of certificates for the validation
     */
    private void validate(Path candidate, RenderedConfig desired, Path list)
            throws IOException, HaproxyException, InterruptedException {
        if (validator.isEmpty()
                || validRevision.filter(desired.revision()::equals).isPresent()) {
            return;
        }
        if (list.equals(certificateList)) {
            validator.get().check(candidate, desired.config(), config);
        } else {
            AtomicFile withList = file(config.resolveSibling(config.getFileName() + ".check"));
            try {
                Path checked = withList.stage(desired.config().replace(certificateList.toString(), list.toString()));
                validator.get().check(checked, desired.config(), config);
            } finally {
                withList.discard();
            }
        }
        validRevision = Optional.of(desired.revision());
    }

    /**
     * Creates missing maps, because the configuration names their final paths and HAProxy's check requires that they
     * exist. A PEM file or a script is written completely, because a path of one always has the same content.
     */
    private void makeMaps(RenderedConfig desired) throws IOException {
        for (Map.Entry<Path, String> map : desired.maps().entrySet()) {
            if (!Files.exists(map.getKey())) {
                String path = map.getKey().toString();
                boolean complete = path.endsWith(".pem") || path.endsWith(".lua");
                file(map.getKey()).replace(Optional.of(complete ? map.getValue() : ""));
            }
        }
    }

    private void restoreQuietly(Map<Path, Optional<String>> before, Exception because) {
        try {
            restore(new Previous(before));
        } catch (HaproxyException e) {
            because.addSuppressed(e);
        }
    }

    private AtomicFile file(Path path) {
        return new AtomicFile(path, access);
    }
}
