package io.interlock.testsupport.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class WorkGrowthTest {

    @Test
    void aSearchForEachElementIsQuadratic() throws Exception {
        WorkGrowth growth = WorkGrowth.of(
                size -> () -> {
                    List<Integer> different = new ArrayList<>();
                    for (int i = 0; i < size; i++) {
                        if (!different.contains(i)) {
                            different.add(i);
                        }
                    }
                    return different;
                },
                2_000);

        assertThat(growth.isLessThanQuadratic()).as("%s", growth).isFalse();
    }

    @Test
    void aCopyForEachElementIsQuadratic() throws Exception {
        WorkGrowth growth = WorkGrowth.of(
                size -> () -> {
                    List<Integer> all = List.of();
                    for (int i = 0; i < size; i++) {
                        List<Integer> more = new ArrayList<>(all);
                        more.add(i);
                        all = more;
                    }
                    return all;
                },
                500);

        assertThat(growth.isLessThanQuadratic()).as("%s", growth).isFalse();
    }

    @Test
    void aLookUpForEachElementIsLinear() throws Exception {
        WorkGrowth growth = WorkGrowth.of(
                size -> () -> {
                    Set<String> different = new HashSet<>();
                    for (int i = 0; i < size; i++) {
                        different.add("x" + i);
                    }
                    return different;
                },
                20_000);

        assertThat(growth.isLessThanQuadratic()).as("%s", growth).isTrue();
    }
}
