/** Processes, folders and the files of this project. */
package io.interlock.testsupport.process;
