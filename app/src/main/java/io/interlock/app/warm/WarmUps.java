package io.interlock.app.warm;

import io.interlock.app.topology.Admission;
import io.interlock.app.topology.WarmUp;
import io.interlock.app.topology.WarmUp.Until;
import java.net.InetAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits for containers, each on a thread of its own. One that need only listen is tried until it does, at first often. One
 * that asked to be warmed is tried until it answers or a limit has passed: then it is served in any case, since health
 * checks guard it from there on. Safe for any number of threads; nothing blocks the caller.
 */
public final class WarmUps implements Admission, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(WarmUps.class);
    private static final Duration ATTEMPT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(2);
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE_AFTER_LIMIT = Duration.ofSeconds(1);
    private static final int AT_ONCE = 64;

    private final Duration limit;
    private final Runnable onAdmission;
    private final Semaphore slots = new Semaphore(AT_ONCE);
    private final Map<Contact, Thread> running = new HashMap<>();
    private final Set<Contact> admitted = new HashSet<>();
    /** So many make it worth to look who of them is gone. */
    private int worthLooking;

    /** What is told from other first contacts: a container may be served at several ports. */
    private record Contact(WarmUp.Run run, InetAddress address, int port, Until until) {
        static Contact of(WarmUp wanted) {
            return new Contact(wanted.run(), wanted.address(), wanted.port(), wanted.until());
        }
    }

    /**
     * Waits for nobody yet.
     *
     * @param limit after this long a container that does not answer is admitted, and one that does not listen is told of
     * @param onAdmission called whenever a container has been admitted
     */
    public WarmUps(Duration limit, Runnable onAdmission) {
        this.limit = limit;
        this.onAdmission = onAdmission;
    }

    @Override
    public synchronized boolean isAdmitted(WarmUp contact) {
        return admitted.contains(Contact.of(contact));
    }

    /**
     * Begins with those that are new, and gives up those that are gone.
     *
     * @param wanted all that are to be waited for
     * @param alive whether a run that was admitted goes on; the others are forgotten, not at once, but before they are many
     */
    public synchronized void await(List<WarmUp> wanted, Predicate<WarmUp.Run> alive) {
        Set<Contact> contacts = wanted.stream().map(Contact::of).collect(Collectors.toSet());
        if (admitted.size() > worthLooking) {
            admitted.removeIf(contact -> !alive.test(contact.run()));
            worthLooking = admitted.size() * 2;
        }
        running.entrySet().removeIf(entry -> {
            boolean gone = !contacts.contains(entry.getKey());
            if (gone) {
                entry.getValue().interrupt();
            }
            return gone;
        });
        for (WarmUp contact : wanted) {
            running.computeIfAbsent(
                    Contact.of(contact),
                    any -> Thread.ofVirtual()
                            .name("first-contact-" + contact.containerName())
                            .start(() -> await(contact)));
        }
    }

    private void await(WarmUp contact) {
        long until = System.nanoTime() + limit.toNanos();
        Duration pause = FIRST_PAUSE;
        boolean overdue = false;
        try {
            while (!isMade(contact)) {
                if (!overdue && until - System.nanoTime() <= 0) {
                    overdue = true;
                    tell(contact);
                    if (contact.until() == Until.ANSWERING) {
                        break;
                    }
                }
                Thread.sleep(pause);
                pause = longer(pause, overdue ? LONGEST_PAUSE_AFTER_LIMIT : LONGEST_PAUSE);
            }
        } catch (InterruptedException e) {
            return;
        }
        admit(contact);
    }

    private boolean isMade(WarmUp contact) throws InterruptedException {
        slots.acquire();
        try {
            return FirstContact.isMade(contact, ATTEMPT_TIMEOUT);
        } finally {
            slots.release();
        }
    }

    private static Duration longer(Duration pause, Duration longest) {
        Duration longer = pause.multipliedBy(3).dividedBy(2);
        return longer.compareTo(longest) < 0 ? longer : longest;
    }

    private void tell(WarmUp contact) {
        log.warn(
                "container {} ({}): {} at {} port {} within {} s: {}",
                contact.containerName(),
                contact.run().container(),
                contact.until() == Until.ANSWERING ? "warm: no answer" : "nothing listens",
                contact.address().getHostAddress(),
                contact.port(),
                limit.toSeconds(),
                contact.until() == Until.ANSWERING
                        ? "served all the same, as far as its health check allows"
                        : "not served until something does; is it the right port, and can the address be reached from here?"
                                + " A host cannot reach its own containers in a macvlan or overlay network");
    }

    private void admit(WarmUp contact) {
        synchronized (this) {
            if (running.remove(Contact.of(contact)) == null) {
                return;
            }
            admitted.add(Contact.of(contact));
        }
        onAdmission.run();
    }

    @Override
    public synchronized void close() {
        running.values().forEach(Thread::interrupt);
        running.clear();
    }
}
