package io.interlock.systemtests.support;

import io.interlock.testsupport.process.DistributionFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Fenced blocks of a Markdown page, each with the test marker of the comment on the line before it:
 * {@code <!-- test: runs -->} for commands that are run, {@code <!-- test: file PATH -->} for a file that they need,
 * {@code <!-- test: needs SOMETHING -->} for commands that cannot run without it.
 */
public record MarkdownDocument(String name, List<Block> blocks) {

    private static final Pattern BLOCK = Pattern.compile(
            "(?m)(?:^<!-- test: (?<marker>[^>]*) -->\\n)?^```(?<language>\\w*)\\n(?<text>.*?)^```$",
            Pattern.DOTALL | Pattern.MULTILINE);

    /** Block of a page; the marker is the text after {@code test:}. */
    public record Block(String language, Optional<String> marker, String text) {

        public boolean isShell() {
            return language.equals("sh");
        }

        public boolean isMarked(String word) {
            return marker.filter(said -> said.equals(word) || said.startsWith(word + " "))
                    .isPresent();
        }

        /** The text after the first word of the marker. */
        public String argument() {
            return marker.orElse("").replaceFirst("^\\S+\\s*", "");
        }
    }

    /** Reads a page of the project. */
    public static MarkdownDocument read(String path) throws IOException {
        Path file = DistributionFiles.projectFile(path);
        List<Block> blocks = new ArrayList<>();
        Matcher matcher = BLOCK.matcher(Files.readString(file));
        while (matcher.find()) {
            blocks.add(new Block(
                    matcher.group("language"), Optional.ofNullable(matcher.group("marker")), matcher.group("text")));
        }
        return new MarkdownDocument(path, blocks);
    }

    @Override
    public String toString() {
        return name;
    }
}
