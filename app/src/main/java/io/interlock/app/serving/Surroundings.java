package io.interlock.app.serving;

import io.interlock.api.loadbalancer.ProxySettings;
import io.interlock.app.plugin.Limits;
import io.interlock.app.reconcile.ReconcileLane;

/**
 * What all load balancers have in common.
 *
 * @param settings the operator's general settings
 * @param folders where they keep files
 * @param listener is told what comes of each apply
 * @param limits how long they may take
 */
public record Surroundings(
        ProxySettings settings, DataFolders folders, ReconcileLane.Listener listener, Limits limits) {}
