package io.interlock.haproxy.process;

import io.interlock.haproxy.render.Rendered;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The files that HAProxy reads. They change only to what HAProxy found valid, and can be put back to what they were.
 */
final class ConfigStore {

    private final Path config;
    private final Optional<Validator> validator;
    private final FileAccess access;
    private Optional<String> validRevision = Optional.empty();

    /**
     * @param validator empty: there is nobody to ask before HAProxy loads it
     */
    ConfigStore(Path config, Optional<Validator> validator, FileAccess access) {
        this.config = config;
        this.validator = validator;
        this.access = access;
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
        // The maps first: as long as the old configuration is there, what is new in them leads nowhere.
        Map<Path, String> texts = new LinkedHashMap<>(wanted.maps());
        texts.put(config, wanted.config());
        List<AtomicFile> staged = new ArrayList<>();
        try {
            for (Path path : texts.keySet()) {
                before.put(path, file(path).read());
            }
            makeMaps(wanted);
            for (Map.Entry<Path, String> text : texts.entrySet()) {
                if (wanted.maps().containsKey(text.getKey())
                        && file(text.getKey()).read().equals(Optional.of(text.getValue()))) {
                    continue;
                }
                AtomicFile file = file(text.getKey());
                staged.add(file);
                // A disk that is full shows here, before anything has changed.
                Path candidate = file.stage(text.getValue());
                if (text.getKey().equals(config)) {
                    validate(candidate, wanted);
                }
            }
            for (AtomicFile file : staged) {
                file.commit();
            }
            return new Previous(before);
        } catch (IOException e) {
            restoreQuietly(before, e);
            throw new HaproxyException("HAProxy's files cannot be written: " + describe(e), e);
        } finally {
            staged.forEach(AtomicFile::discardQuietly);
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
        AtomicFile file = file(config);
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
                if (!file(map.getKey()).read().equals(Optional.of(map.getValue()))) {
                    return false;
                }
            }
            return file(config).read().equals(Optional.of(wanted.config()));
        } catch (IOException e) {
            return false;
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
                file(file.getKey()).replace(file.getValue());
            }
        } catch (IOException e) {
            throw new HaproxyException("HAProxy's previous files cannot be put back: " + describe(e), e);
        }
    }

    private void validate(Path candidate, Rendered wanted) throws IOException, HaproxyException, InterruptedException {
        if (validator.isEmpty()
                || validRevision.filter(wanted.revision()::equals).isPresent()) {
            return;
        }
        validator.get().check(candidate, wanted.config(), config);
        validRevision = Optional.of(wanted.revision());
    }

    /** The configuration names the maps by where they will be; for the check it is enough that they are there. */
    private void makeMaps(Rendered wanted) throws IOException {
        for (Path map : wanted.maps().keySet()) {
            if (!Files.exists(map)) {
                file(map).replace(Optional.of(""));
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

    private static String describe(Exception e) {
        return e.getClass().getSimpleName() + ": " + e.getMessage();
    }
}
