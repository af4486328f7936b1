/**
 * Small tools without a domain: hashes, edit distance, printable text, IP literals, sorted differences, PEM text, atomic
 * files, time limits and pauses. Depends on the JDK only. The application has it as a library; a plugin's jar contains its
 * own copy, since the host does not share it.
 */
@NullMarked
package io.interlock.util;

import org.jspecify.annotations.NullMarked;
