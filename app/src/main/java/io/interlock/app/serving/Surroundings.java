package io.interlock.app.serving;

import io.interlock.api.loadbalancer.ProxySettings;
import io.interlock.app.plugin.Limits;

/**
 * What all load balancers have in common.
 *
 * @param settings the operator's general settings
 * @param folders where they keep files
 * @param watcher is told what becomes of them
 * @param limits how long they may take
 */
public record Surroundings(ProxySettings settings, DataFolders folders, Watcher watcher, Limits limits) {}
