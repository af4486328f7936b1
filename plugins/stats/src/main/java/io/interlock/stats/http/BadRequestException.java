package io.interlock.stats.http;

/** A request that cannot be answered as it was sent; the answer says why. The connection ends. */
final class BadRequestException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient StatsHttpResponse response;

    /**
     * @param status the HTTP status of the answer
     * @param message one sentence for the client
     */
    BadRequestException(int status, String message) {
        super(message);
        this.response = StatsHttpResponse.text(status, message);
    }

    StatsHttpResponse response() {
        return response;
    }
}
