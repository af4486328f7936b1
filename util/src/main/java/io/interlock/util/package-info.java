/**
 * Small helpers without a domain: hashes, edit distance, printable text, IP literals, sorted differences, PEM text,
 * atomic files, time limits and pauses. Depends on the JDK only. The application uses it as a library; the jar of a
 * plugin contains its own copy, because the host does not share it.
 */
@NullMarked
package io.interlock.util;

import org.jspecify.annotations.NullMarked;
