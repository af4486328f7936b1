package io.interlock.app.docker.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.interlock.app.inventory.ContainerFacts;
import io.interlock.app.topology.ContainerFactsBuilder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class ImageContentCacheTest {

    private final ImageContentCache cache = new ImageContentCache();
    private final List<String> asked = new ArrayList<>();

    @Test
    void theLeastRecentlyUsedOfAThousandImagesIsAskedForAgain() throws IOException {
        ContainerFacts facts = ContainerFactsBuilder.web("www.example.com")
                .label("interlock.port", "80")
                .facts();
        for (int i = 0; i < 1_000; i++) {
            complete(facts, i);
        }
        complete(facts, 0);
        assertThat(asked).hasSize(1_000);

        complete(facts, 1_000);
        complete(facts, 0);
        assertThat(asked).hasSize(1_001);
        complete(facts, 1);
        assertThat(asked).hasSize(1_002);
    }

    /** Otherwise an image with many labels could take a name where labels of images do not count. */
    @Test
    void anImageWithMoreThanTwoThousandLabelsIsNotKnown() throws IOException {
        assertThat(withLabels(2_000).ofImage().orElseThrow()).hasSize(2_000);
        assertThat(withLabels(2_001).ofImage()).isEmpty();
        assertThat(asked).hasSize(2);
        withLabels(2_001);
        assertThat(asked).hasSize(2);
    }

    private ContainerFacts withLabels(int count) throws IOException {
        ContainerFactsBuilder container =
                ContainerFactsBuilder.web("www.example.com").ofUnknownImage();
        Map<String, String> labels = new TreeMap<>();
        for (int i = 0; i < count; i++) {
            labels.put("interlock.l%04d".formatted(i), "x");
        }
        labels.forEach(container::label);
        return cache.complete(container.facts(), id(count), image -> {
            asked.add(image);
            return Optional.of(labels);
        });
    }

    private void complete(ContainerFacts facts, int image) throws IOException {
        assertThat(cache.complete(facts, id(image), id -> {
                    asked.add(id);
                    return Optional.of(Map.of("interlock.port", "80"));
                }))
                .isNotNull();
    }

    private static String id(int image) {
        return "sha256:%064x".formatted(image);
    }
}
