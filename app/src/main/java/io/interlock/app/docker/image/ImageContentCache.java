package io.interlock.app.docker.image;

import io.interlock.app.inventory.ContainerFacts;
import io.interlock.util.Sha256;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Cache of what images bring, by image id, which stands for a content that never changes. Each image costs one request. An
 * image with more labels than the limit counts as unknown. Safe for all threads.
 */
public final class ImageContentCache {

    private static final int MAX_IMAGES = 1_000;

    /** A label that was not remembered would count as one of the container, which may get more by it. */
    private static final int MAX_LABELS = 2_000;

    private static final int DIGITS = 32;
    private static final Pattern ID = Pattern.compile("(?:sha256:)?[0-9a-f]{12,64}");

    /** Digests of values, by label; empty if there are too many labels. The least recently used image comes first. */
    private final Map<String, Optional<Map<String, String>>> images = new LinkedHashMap<>(16, 0.75f, true);

    /** Engine that is asked for images. */
    @FunctionalInterface
    public interface ImageSource {
        /**
         * Returns the values of an image's labels, by name, and of its {@code INTERLOCK_DATA}. Empty if the engine does
         * not say.
         *
         * @throws IOException if the engine does not answer
         */
        Optional<Map<String, String>> content(String image) throws IOException;
    }

    /**
     * Returns the facts with the names of the labels, and of the data, that come from the container's image. Unchanged if
     * the engine does not say what the image brings, or the image has more than 2,000 labels.
     *
     * @param image the id of the image
     * @throws IOException if the engine does not answer
     */
    public ContainerFacts complete(ContainerFacts facts, String image, ImageSource engine) throws IOException {
        if (facts.labels().isEmpty()
                && facts.interlockData().isEmpty()
                && facts.environment().isEmpty()) {
            return facts.withImage(Set.of());
        }
        Optional<Map<String, String>> brought = ID.matcher(image).matches() ? content(image, engine) : Optional.empty();
        return brought.map(content -> facts.withImage(same(facts, content))).orElse(facts);
    }

    private static Set<String> same(ContainerFacts facts, Map<String, String> content) {
        Set<String> same = new TreeSet<>();
        Stream.of(facts.labels(), facts.environment())
                .forEach(texts -> texts.forEach((name, value) -> {
                    if (content.containsKey(name) && digest(value).equals(content.get(name))) {
                        same.add(name);
                    }
                }));
        facts.interlockData()
                .filter(data -> digest(data).equals(content.get(ContainerFacts.DATA)))
                .ifPresent(data -> same.add(ContainerFacts.DATA));
        return same;
    }

    private Optional<Map<String, String>> content(String image, ImageSource engine) throws IOException {
        synchronized (images) {
            Optional<Map<String, String>> known = images.get(image);
            if (known != null) {
                return known;
            }
        }
        Optional<Map<String, String>> content = engine.content(image);
        if (content.isEmpty()) {
            return content;
        }
        Optional<Map<String, String>> digests =
                content.filter(values -> values.size() <= MAX_LABELS).map(ImageContentCache::digests);
        synchronized (images) {
            images.put(image, digests);
            if (images.size() > MAX_IMAGES) {
                images.remove(images.keySet().iterator().next());
            }
        }
        return digests;
    }

    private static Map<String, String> digests(Map<String, String> values) {
        Map<String, String> digests = new HashMap<>();
        values.forEach((name, value) -> digests.put(name, digest(value)));
        return digests;
    }

    private static String digest(String value) {
        return Sha256.hex(value, DIGITS);
    }
}
