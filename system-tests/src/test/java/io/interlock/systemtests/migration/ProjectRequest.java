package io.interlock.systemtests.migration;

import io.interlock.testsupport.engine.SampleContainer;
import io.interlock.testsupport.network.HttpConnection;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Request to a compose project, and the answer that its labels ask for.
 *
 * @param headers header lines of the request
 * @param containers names of the containers that may answer; empty if the proxy itself answers
 * @param header line of the answer that must be there; empty if none
 */
record ProjectRequest(
        String host, String path, List<String> headers, int status, List<String> containers, String header) {

    ProjectRequest {
        headers = List.copyOf(headers);
        containers = List.copyOf(containers);
    }

    /** Request that a proxy answers itself. */
    static ProjectRequest ofProxy(String host, String path, int status) {
        return new ProjectRequest(host, path, List.of(), status, List.of(), "");
    }

    /** Request that one of these containers answers. */
    static ProjectRequest ofContainers(String host, String path, SampleContainer... containers) {
        List<String> names =
                List.of(containers).stream().map(SampleContainer::name).toList();
        return new ProjectRequest(host, path, List.of(), 200, names, "");
    }

    ProjectRequest with(String... lines) {
        return new ProjectRequest(host, path, List.of(lines), status, containers, header);
    }

    ProjectRequest answeredWith(String line) {
        return new ProjectRequest(host, path, headers, status, containers, line);
    }

    HttpConnection.Response send(HttpConnection connection) throws IOException {
        return connection.get(host, path, headers.toArray(String[]::new));
    }

    /** Returns what is wrong with an answer; empty if nothing. */
    Optional<String> problem(HttpConnection.Response response) {
        if (response.status() != status) {
            return Optional.of("status " + response.status() + " instead of " + status);
        }
        if (!containers.isEmpty() && !containers.contains(response.body().strip())) {
            return Optional.of("answered by \"" + response.body().strip() + "\" instead of " + containers);
        }
        String[] wanted = header.split(": ", 2);
        return header.isEmpty() || response.header(wanted[0]).equals(wanted[1])
                ? Optional.empty()
                : Optional.of("without " + header);
    }

    @Override
    public String toString() {
        return host + path + headers;
    }
}
