package io.interlock.app.recovery;

import io.interlock.util.ErrorMessages;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the journal of an earlier controller. */
public final class InventoryJournalReader {

    private static final Logger log = LoggerFactory.getLogger("engine");

    private InventoryJournalReader() {}

    /**
     * Returns what the journal says. A last line without an end is ignored: its change was never published.
     *
     * @return empty if there is no journal, or none that this version understands
     */
    public static Optional<RecoveredInventory> read(Path file) {
        // Unlike the reader of Files, this one replaces a character that is cut.
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8))) {
            RecoveredInventory.Builder inventory = new RecoveredInventory.Builder();
            // The header may be of a later version, whose entries mean something else.
            if (!InventoryJournal.HEADER.equals(lines.readLine() + "\n")) {
                throw new IOException("it was written by another version of Interlock");
            }
            @Nullable String line = lines.readLine();
            while (line != null) {
                @Nullable String next = lines.readLine();
                try {
                    inventory.add(JournalEntryMapper.entry(line));
                } catch (IOException | RuntimeException e) {
                    if (next != null) {
                        throw e;
                    }
                }
                line = next;
            }
            return Optional.of(inventory.build());
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException | RuntimeException e) {
            log.warn(
                    "{} cannot be read, so it is not known which engine's containers are served: {}",
                    file,
                    ErrorMessages.reason(e));
            return Optional.empty();
        }
    }
}
