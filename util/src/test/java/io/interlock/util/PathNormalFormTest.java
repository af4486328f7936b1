package io.interlock.util;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("unit")
class PathNormalFormTest {

    @ParameterizedTest
    @CsvSource({
        "/, /",
        "//, /",
        "/admin, /admin",
        "/admin/, /admin/",
        "//admin, /admin",
        "/./admin, /admin",
        "/%61dmin, /admin",
        "/x/../admin, /admin",
        "/x/%2E%2e//admin, /admin",
        "/../../admin, /admin",
        "/admin/.., /",
        "/a/b/.., /a/",
        "/a/., /a/",
        "/%7euser/%c3%a9//, /~user/%C3%A9/",
        "/é, /%C3%A9",
        "/%2561dmin, /%2561dmin",
        "/a;v=1, /a;v=1",
        "/..., /..."
    })
    void aPathIsBroughtIntoNormalForm(String path, String normal) {
        assertThat(PathNormalForm.of(path)).isEqualTo(normal);
        assertThat(PathNormalForm.of(normal)).isEqualTo(normal);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "admin",
                "/a%2fb",
                "/a%5Cb",
                "/%00",
                "/%7f",
                "/%",
                "/%2",
                "/%zz",
                "/a\\b",
                "/a b",
                "/#",
                "/%c0%af",
                "/%e0%80%af",
                "/%f0%80%80%af",
                "/x/..;/admin",
                "/;/admin",
                "/.%3bx",
                "/%2e%2e%3b/admin"
            })
    void aPathWithoutNormalFormIsAnError(String path) {
        assertThatThrownBy(() -> PathNormalForm.of(path)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void parametersAreWhatSomeApplicationsCutOff() {
        assertThat(PathNormalForm.withoutParameters("/a;v=1/b%3Bc/d%3Fe")).contains("/a/b/d");
        assertThat(PathNormalForm.withoutParameters("/a/b")).isEmpty();
    }
}
