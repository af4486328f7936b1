package io.interlock.app.accesslog;

import static org.assertj.core.api.Assertions.assertThat;

import io.interlock.api.loadbalancer.AccessLogEntry;
import io.interlock.api.loadbalancer.AccessLogEntry.Request;
import io.interlock.app.config.accesslog.RequestFilter;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class EntryFilterTest {

    @Test
    void statusesAreExactOrAllThatBeginWithADigit() {
        EntryFilter filter = new EntryFilter(new RequestFilter(1, List.of("5xx", "404"), List.of(), List.of()));

        assertThat(filter).accepts(of("a.example", 500), of("a.example", 599), of("a.example", 404));
        assertThat(filter).rejects(of("a.example", 403), of("a.example", 200), of("a.example", 0));
    }

    @Test
    void hostNamesAreComparedWithoutCaseAndPort() {
        EntryFilter filter = new EntryFilter(
                new RequestFilter(1, List.of(), List.of("www.example.com", "*.Shop.example"), List.of()));

        assertThat(filter)
                .accepts(of("www.example.com", 200), of("WWW.example.com:8080", 200), of("a.b.shop.example.", 200));
        assertThat(filter).rejects(of("shop.example", 200), of("example.com", 200), of("", 200), of("[::1]:80", 200));
    }

    @Test
    void containersAreNamedAsTheyAre() {
        assertThat(new EntryFilter(new RequestFilter(1, List.of(), List.of(), List.of("shop-*"))))
                .accepts(of("a.example", 200));
        assertThat(new EntryFilter(new RequestFilter(1, List.of(), List.of(), List.of("shop"))))
                .rejects(of("a.example", 200));
    }

    @Test
    void aSampleIsTheShareOfRequests() {
        RequestFilter tenth = new RequestFilter(0.1, List.of(), List.of(), List.of());

        assertThat(new EntryFilter(tenth, () -> 0.09)).accepts(of("a.example", 200));
        assertThat(new EntryFilter(tenth, () -> 0.1)).rejects(of("a.example", 200));
        assertThat(new EntryFilter(RequestFilter.ALL, () -> 0.999)).accepts(of("a.example", 200));
    }

    private static AccessLogEntry of(String host, int status) {
        return SampleEntries.entry(new Request("GET", host, "/", "HTTP/1.1", "", ""), status);
    }
}
