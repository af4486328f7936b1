/**
 * nginx as a load balancer of Interlock: a complete plugin, and the one to copy.
 *
 * <p>Read {@link com.example.interlock.nginx.NginxFactory} first, then {@link com.example.interlock.nginx.NginxLoadBalancer}.
 * {@link com.example.interlock.nginx.Configuration} makes the text (pure), {@link com.example.interlock.nginx.Nginx} is the
 * process, and {@link com.example.interlock.nginx.Endpoint} is how nginx is asked what it serves.
 */
@NullMarked
package com.example.interlock.nginx;

import org.jspecify.annotations.NullMarked;
