/**
 * nginx as a load balancer of Interlock: a complete plugin, and the template for others.
 *
 * <p>Read {@link com.example.interlock.nginx.NginxFactory} first, then
 * {@link com.example.interlock.nginx.NginxLoadBalancer}. {@link com.example.interlock.nginx.RenderedNginxConf} renders
 * the configuration (pure), {@link com.example.interlock.nginx.NginxProcess} runs the process, and
 * {@link com.example.interlock.nginx.StatusSocketClient} asks nginx what it serves.
 */
@NullMarked
package com.example.interlock.nginx;

import org.jspecify.annotations.NullMarked;
