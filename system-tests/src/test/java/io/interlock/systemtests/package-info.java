/**
 * Tests of Interlock's promises on the distribution as people get it, a real engine and a real HAProxy: a class for
 * each chapter of the promise, a test for each sentence.
 *
 * <p>Depends on {@link io.interlock.systemtests.support} alone; on no class of Interlock.
 */
package io.interlock.systemtests;
