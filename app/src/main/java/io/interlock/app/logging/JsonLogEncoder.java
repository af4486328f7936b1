package io.interlock.app.logging;

import ch.qos.logback.classic.encoder.JsonEncoder;

/**
 * Writes each event as one JSON object on its own line, for log collectors: {@code timestamp} in milliseconds since
 * 1970, {@code level}, {@code threadName}, {@code loggerName}, {@code formattedMessage}, and {@code throwable} if there
 * is one.
 */
final class JsonLogEncoder extends JsonEncoder {

    JsonLogEncoder() {
        setWithSequenceNumber(false);
        setWithNanoseconds(false);
        setWithContext(false);
        setWithMarkers(false);
        setWithMDC(false);
        setWithKVPList(false);
        setWithArguments(false);
        setWithMessage(false);
        setWithFormattedMessage(true);
    }
}
