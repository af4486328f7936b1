package io.interlock.bench.measure;

import io.interlock.testsupport.engine.LocalEngine;
import io.interlock.testsupport.engine.SampleContainer;
import java.net.InetSocketAddress;

/** Sample containers on the real engine. */
final class RealContainerPool implements ContainerPool {

    private static final int PORT = 8080;

    private final LocalEngine engine = LocalEngine.connect();

    @Override
    public String engine() {
        return "real engine";
    }

    @Override
    public String engineAddress() {
        return engine.address().toString();
    }

    @Override
    public PoolMember create(String host) {
        return new RealMember(engine.sample().hostname(host).create());
    }

    @Override
    public void close() {
        engine.close();
    }

    private record RealMember(SampleContainer container) implements PoolMember {
        @Override
        public void start() {
            container.start();
        }

        @Override
        public InetSocketAddress address() {
            return new InetSocketAddress(container.address(), PORT);
        }

        @Override
        public String answer() {
            return container.name();
        }

        @Override
        public void end() {
            container.stop();
            container.remove();
        }
    }
}
