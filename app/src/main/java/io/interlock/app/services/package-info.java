/**
 * Services in files of the operator: {@link io.interlock.app.services.ServiceManager} follows a folder and the host names
 * in its files, and keeps the inventory true. A server of a file appears as a container of an engine with the id
 * {@link io.interlock.app.inventory.ContainerKey#SERVICES}, so that all that follows the inventory treats it as one.
 *
 * <p>Depends on {@code app.config}, {@code app.dialect}, {@code app.dns}, {@code app.inventory}, {@code app.runtime}, {@code app.topology} and
 * the API.
 */
@NullMarked
package io.interlock.app.services;

import org.jspecify.annotations.NullMarked;
