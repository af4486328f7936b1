package io.interlock.app.tls;

import java.time.Instant;
import java.util.Optional;

/**
 * A certificate with what there is to show for it.
 *
 * @param found its files
 * @param latest what is in them
 * @param served what to show: the latest, or an earlier content if that is better; empty if there is nothing
 * @param previous an earlier content that is for names that {@code served} is not for
 */
record Held(Found found, Reading latest, Optional<Stored> served, Optional<Stored> previous) {

    /** How one begins of which nothing was known. */
    static Held of(Found found, Reading latest, Optional<Stored> lastGood, Instant now) {
        return new Held(found, latest, lastGood, Optional.empty()).with(found, latest, now);
    }

    /** The same after another look at its files, or at the clock. */
    Held with(Found nowFound, Reading nowLatest, Instant now) {
        return switch (nowLatest) {
            case Reading.Bad bad -> new Held(nowFound, bad, served, previous);
            case Reading.Good good ->
                good.stored().bundle().flaw(now).isPresent() && hasBetter(now)
                        ? new Held(nowFound, good, served, previous)
                        : new Held(nowFound, good, Optional.of(good.stored()), earlier(good.stored(), now));
        };
    }

    private boolean hasBetter(Instant now) {
        return served.filter(stored -> stored.bundle().flaw(now).isEmpty()).isPresent();
    }

    /** What was shown until now, if names would be left without a certificate. */
    private Optional<Stored> earlier(Stored now, Instant instant) {
        return served.filter(before -> !before.equals(now))
                .or(() -> previous)
                .filter(before -> before.bundle().isValid(instant))
                .filter(before ->
                        !now.bundle().names().containsAll(before.bundle().names()));
    }

    /** Whether an earlier content is shown than that of the files. */
    boolean isKept() {
        return served.isPresent()
                && !(latest instanceof Reading.Good good && served.get().equals(good.stored()));
    }

    /** What is wrong with what is in the files, for people, behind the file's name; empty if nothing is. */
    Optional<String> problem(Instant now) {
        return switch (latest) {
            case Reading.Bad bad -> Optional.of(bad.reason());
            case Reading.Good good ->
                good.stored()
                        .bundle()
                        .flaw(now)
                        .map(flaw -> flaw + " (" + good.stored().bundle().description() + ")");
        };
    }
}
