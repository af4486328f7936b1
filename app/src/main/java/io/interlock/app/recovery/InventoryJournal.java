package io.interlock.app.recovery;

import io.interlock.app.inventory.ContainerKey;
import io.interlock.app.inventory.InventorySnapshot;
import io.interlock.app.topology.ownership.TenureSnapshot;
import io.interlock.util.AtomicFile;
import io.interlock.util.Deadline;
import io.interlock.util.ErrorMessages;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * File with the inventory that load balancers serve, and whose each name is, for the next controller. A change appends
 * its lines; from time to time the file is written anew. The kernel has the lines when {@link #record} returns, so a
 * killed process loses none. A power failure may lose some, after which no proxy runs either. Confined to one thread.
 */
public final class InventoryJournal implements AutoCloseable {

    /** First line; changes when the entries do so that they cannot be read by other versions. */
    static final String HEADER = "{\"interlock_inventory\":1}\n";

    private static final Logger log = LoggerFactory.getLogger("engine");
    private static final int MIN_LINES = 1_000;
    private static final Duration RETRY_PAUSE = Duration.ofSeconds(5);

    private final Path file;
    private final AtomicFile whole;
    private JournalEntryPlanner planner = new JournalEntryPlanner();
    private @Nullable FileChannel channel;
    private @Nullable Deadline retry;
    private long lines;

    /** @param file need not exist */
    public InventoryJournal(Path file) {
        this.file = file;
        this.whole = new AtomicFile(file);
    }

    /**
     * Records the inventory before load balancers get it.
     *
     * @param waiting the containers that are not ready, and therefore not served
     * @param tenures whose each name is
     */
    public void record(InventorySnapshot inventory, Set<ContainerKey> waiting, TenureSnapshot tenures) {
        Deadline pause = retry;
        if (pause != null && !pause.isOver()) {
            return;
        }
        try {
            FileChannel open = channel;
            if (open == null
                    || lines
                            > MIN_LINES
                                    + 2L * (size(inventory) + tenures.names().size())) {
                rewrite(inventory, waiting, tenures);
            } else {
                append(open, planner.plan(inventory, waiting, tenures));
            }
            retry = null;
        } catch (IOException e) {
            abandon(e);
        }
    }

    private void rewrite(InventorySnapshot inventory, Set<ContainerKey> waiting, TenureSnapshot tenures)
            throws IOException {
        close();
        planner = new JournalEntryPlanner();
        List<JournalEntry> entries = planner.plan(inventory, waiting, tenures);
        whole.write(HEADER + text(entries));
        channel = FileChannel.open(file, StandardOpenOption.APPEND);
        lines = entries.size();
    }

    private void append(FileChannel open, List<JournalEntry> entries) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(text(entries).getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            open.write(bytes);
        }
        lines += entries.size();
    }

    private static String text(List<JournalEntry> entries) throws IOException {
        StringBuilder text = new StringBuilder();
        for (JournalEntry entry : entries) {
            text.append(JournalEntryMapper.line(entry));
        }
        return text.toString();
    }

    /** No record is better than an outdated one. */
    private void abandon(IOException e) {
        if (retry == null) {
            log.error(
                    "{} cannot be written: if Interlock is killed, the next one waits for every engine before it changes"
                            + " what is served: {}",
                    file,
                    ErrorMessages.reasonAt(file, e));
        }
        retry = Deadline.in(RETRY_PAUSE);
        close();
        try {
            Files.deleteIfExists(file);
        } catch (IOException failed) {
            log.debug("{} cannot be deleted", file, failed);
        }
    }

    private static int size(InventorySnapshot inventory) {
        return inventory.engines().values().stream()
                .mapToInt(engine -> engine.containers().size())
                .sum();
    }

    /** Closes the file, which stays for the next controller. */
    @Override
    public void close() {
        FileChannel open = channel;
        channel = null;
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                log.debug("{} cannot be closed", file, e);
            }
        }
    }
}
