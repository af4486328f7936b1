package io.interlock.systemtests.distribution;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/**
 * Known advisories of the delivered libraries, and the permitted licences: {@code packaging/advisories.json}, as of the
 * date in it. {@code scripts/advisories} renews it.
 */
final class AdvisoryDatabase {

    /** Rank of the end of a version, and of a zero. */
    private static final int NOTHING = 1;

    private static final Pattern SEPARATORS = Pattern.compile("[.-]|(?<=[0-9])(?=[a-z])|(?<=[a-z])(?=[0-9])");

    private final JsonNode root;

    private AdvisoryDatabase(JsonNode root) {
        this.root = root;
    }

    static AdvisoryDatabase read(Path file) throws IOException {
        return new AdvisoryDatabase(new ObjectMapper().readTree(file.toFile()));
    }

    List<String> licenses() {
        return texts(root.path("licenses"));
    }

    /**
     * The advisories that affect a version; empty if the library has no entry.
     *
     * @param library the package URL without version
     */
    Optional<List<String>> affecting(String library, String version) {
        JsonNode advisories = root.path("libraries").path(library);
        if (!advisories.isArray()) {
            return Optional.empty();
        }
        List<String> found = new ArrayList<>();
        for (JsonNode advisory : advisories) {
            if (StreamSupport.stream(advisory.path("affected").spliterator(), false)
                    .anyMatch(range -> contains(range, version))) {
                found.add(advisory.path("id").asText());
            }
        }
        return Optional.of(found);
    }

    private static boolean contains(JsonNode range, String version) {
        boolean begun = compare(version, range.path("introduced").asText("0")) >= 0;
        boolean fixed =
                range.has("fixed") && compare(version, range.path("fixed").asText()) >= 0;
        boolean later = range.has("last") && compare(version, range.path("last").asText()) > 0;
        return begun && !fixed && !later;
    }

    /** Compares versions as Maven does: a qualifier such as {@code beta1} comes before the release. */
    static int compare(String one, String other) {
        String[] ones = SEPARATORS.split(one);
        String[] others = SEPARATORS.split(other);
        for (int i = 0; i < Math.max(ones.length, others.length); i++) {
            int order = comparePart(i < ones.length ? ones[i] : "", i < others.length ? others[i] : "");
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    private static int comparePart(String one, String other) {
        int rank = Integer.compare(rank(one), rank(other));
        if (rank != 0 || rank(one) == NOTHING) {
            return rank;
        }
        return Character.isDigit(one.charAt(0))
                ? Long.compare(Long.parseLong(one), Long.parseLong(other))
                : one.compareTo(other);
    }

    /** Qualifiers, then the end of a version or a zero, then other numbers. */
    private static int rank(String part) {
        if (part.isEmpty() || part.matches("0+")) {
            return NOTHING;
        }
        return Character.isDigit(part.charAt(0)) ? NOTHING + 1 : NOTHING - 1;
    }

    private static List<String> texts(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }
}
