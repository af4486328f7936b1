package io.interlock.haproxy.process;

import io.interlock.haproxy.render.Rendered;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The files that HAProxy reads. They change only to what HAProxy found valid, and can be put back to what they were.
 */
final class ConfigStore {

    private final Path config;
    private final Validator validator;
    private Optional<String> validRevision = Optional.empty();

    ConfigStore(Path config, Validator validator) {
        this.config = config;
        this.validator = validator;
    }

    /** What the files were before a {@link #write}; none where there was no file. */
    record Previous(Map<Path, Optional<String>> texts) {}

    /**
     * Has HAProxy check the configuration, unless it just did, and writes it and the maps where they differ.
     *
     * @return what was there before
     * @throws HaproxyException if HAProxy refuses it or the files cannot be written; the files are then as before
     */
    Previous write(Rendered wanted) throws HaproxyException, InterruptedException {
        Map<Path, Optional<String>> before = new LinkedHashMap<>();
        AtomicFile file = new AtomicFile(config);
        try {
            for (Path map : wanted.maps().keySet()) {
                before.put(map, new AtomicFile(map).read());
            }
            before.put(config, file.read());
            Path candidate = file.stage(wanted.config());
            validate(candidate, wanted);
            // The maps first: as long as the old configuration is there, what is new in them leads nowhere.
            for (Map.Entry<Path, String> map : wanted.maps().entrySet()) {
                new AtomicFile(map.getKey()).replace(Optional.of(map.getValue()));
            }
            file.commit();
            return new Previous(before);
        } catch (IOException e) {
            restoreQuietly(before, e);
            throw new HaproxyException("HAProxy's files cannot be written: " + describe(e), e);
        } finally {
            file.discardQuietly();
        }
    }

    /**
     * As {@link #write}, unless the files are so already.
     *
     * @throws HaproxyException as {@link #write} does
     */
    void writeIfDifferent(Rendered wanted) throws HaproxyException, InterruptedException {
        if (!isWritten(wanted)) {
            write(wanted);
        }
    }

    /**
     * Has HAProxy check a configuration, and writes nothing but maps that are not there yet.
     *
     * @throws HaproxyException if HAProxy refuses it, or could not be asked
     */
    void check(Rendered candidate) throws HaproxyException, InterruptedException {
        AtomicFile file = new AtomicFile(config);
        try {
            validate(file.stage(candidate.config()), candidate);
        } catch (IOException e) {
            throw new HaproxyException("HAProxy's files cannot be written: " + describe(e), e);
        } finally {
            file.discardQuietly();
        }
    }

    private boolean isWritten(Rendered wanted) {
        try {
            for (Map.Entry<Path, String> map : wanted.maps().entrySet()) {
                if (!new AtomicFile(map.getKey()).read().equals(Optional.of(map.getValue()))) {
                    return false;
                }
            }
            return new AtomicFile(config).read().equals(Optional.of(wanted.config()));
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Writes what differs, without a check: for content that HAProxy serves already.
     *
     * @throws HaproxyException if that is not possible
     */
    void repair(Rendered served) throws HaproxyException {
        try {
            for (Map.Entry<Path, String> map : served.maps().entrySet()) {
                new AtomicFile(map.getKey()).replace(Optional.of(map.getValue()));
            }
            new AtomicFile(config).replace(Optional.of(served.config()));
        } catch (IOException e) {
            throw new HaproxyException("HAProxy's files cannot be written: " + describe(e), e);
        }
    }

    /**
     * Puts back what was there.
     *
     * @throws HaproxyException if that is not possible
     */
    void restore(Previous previous) throws HaproxyException {
        try {
            for (Map.Entry<Path, Optional<String>> file : previous.texts().entrySet()) {
                new AtomicFile(file.getKey()).replace(file.getValue());
            }
        } catch (IOException e) {
            throw new HaproxyException("HAProxy's previous files cannot be put back: " + describe(e), e);
        }
    }

    private void validate(Path candidate, Rendered wanted) throws IOException, HaproxyException, InterruptedException {
        if (validRevision.isPresent() && validRevision.get().equals(wanted.revision())) {
            return;
        }
        // The configuration names the maps by where they will be; for the check it is enough that they are there.
        for (Path map : wanted.maps().keySet()) {
            if (!Files.exists(map)) {
                new AtomicFile(map).replace(Optional.of(""));
            }
        }
        validator.check(candidate, wanted.config(), config);
        validRevision = Optional.of(wanted.revision());
    }

    private void restoreQuietly(Map<Path, Optional<String>> before, Exception because) {
        try {
            restore(new Previous(before));
        } catch (HaproxyException e) {
            because.addSuppressed(e);
        }
    }

    private static String describe(Exception e) {
        return e.getClass().getSimpleName() + ": " + e.getMessage();
    }
}
