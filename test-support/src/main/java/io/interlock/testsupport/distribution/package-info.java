/**
 * Packed distribution: {@link io.interlock.testsupport.distribution.ConfigFileBuilder} builds its configuration,
 * {@link io.interlock.testsupport.distribution.InterlockProcess} runs it as a process, and
 * {@link io.interlock.testsupport.distribution.InterlockContainer} as a container.
 */
package io.interlock.testsupport.distribution;
