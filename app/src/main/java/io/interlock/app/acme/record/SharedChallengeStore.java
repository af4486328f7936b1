package io.interlock.app.acme.record;

import io.interlock.api.topology.AcmeChallenge;
import io.interlock.util.AtomicFile;
import io.interlock.util.FileAccess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Challenges that all instances of Interlock that share a folder answer, and which of them are alive. Safe for all
 * threads.
 */
public final class SharedChallengeStore {

    /** An instance without a sign of life for this long is considered gone. */
    private static final Duration LIFE_SIGN = Duration.ofSeconds(15);

    /** What nobody has touched for this long is left over from an Interlock that was killed. */
    private static final Duration LEFTOVER = Duration.ofDays(1);

    private final Path challenges;
    private final Path instances;
    private final String instance;

    SharedChallengeStore(Path challenges, Path instances, String instance) {
        this.challenges = challenges;
        this.instances = instances;
        this.instance = instance;
    }

    /** The challenges that all who share the folder must answer. */
    public List<AcmeChallenge> challenges() throws IOException {
        List<AcmeChallenge> found = new ArrayList<>();
        for (Path file : AcmeFolder.files(challenges)) {
            AcmeFolder.read(file).ifPresent(answer -> {
                try {
                    found.add(new AcmeChallenge(String.valueOf(file.getFileName()), answer.strip()));
                } catch (IllegalArgumentException e) {
                    // The file is no challenge of Interlock.
                }
            });
        }
        return found.stream().sorted().toList();
    }

    private void writeBriefly(Path file, String text) throws IOException {
        new AtomicFile(file, FileAccess.PRIVATE, instance).write(text);
    }

    public void ask(AcmeChallenge challenge) throws IOException {
        writeBriefly(challenges.resolve(challenge.token()), challenge.answer());
    }

    public void askNoMore(String token) throws IOException {
        Files.deleteIfExists(challenges.resolve(token));
    }

    /** Records that this Interlock is alive, and which challenges its load balancers answer. */
    public void signOfLife(Set<String> tokens) throws IOException {
        writeBriefly(instances.resolve(instance), String.join("\n", tokens) + "\n");
    }

    public void endOfLife() throws IOException {
        Files.deleteIfExists(instances.resolve(instance));
    }

    /** Whether every live Interlock reports that it answers a challenge. */
    public boolean isAnsweredEverywhere(String token) throws IOException {
        Path own = instances.resolve(instance);
        if (!Files.exists(own)) {
            return false;
        }
        // Only times of the shared file system are compared, so the clocks of its users do not matter.
        Instant recent = Files.getLastModifiedTime(own).toInstant().minus(LIFE_SIGN);
        for (Path file : AcmeFolder.files(instances)) {
            Optional<String> tokens = AcmeFolder.read(file);
            if (tokens.isPresent()
                    && tokens.get().lines().noneMatch(token::equals)
                    && modified(file).isAfter(recent)) {
                return false;
            }
        }
        return true;
    }

    private static Instant modified(Path file) throws IOException {
        try {
            return Files.getLastModifiedTime(file).toInstant();
        } catch (NoSuchFileException e) {
            return Instant.MIN;
        }
    }

    /** Removes challenges and signs of life that nobody has removed for a day. */
    public void removeLeftovers() throws IOException {
        Path own = instances.resolve(instance);
        if (Files.exists(own)) {
            Instant old = modified(own).minus(LEFTOVER);
            for (Path folder : List.of(challenges, instances)) {
                for (Path file : AcmeFolder.files(folder)) {
                    if (modified(file).isBefore(old)) {
                        Files.deleteIfExists(file);
                    }
                }
            }
        }
    }
}
