package io.interlock.bench.measure;

import io.interlock.testsupport.engine.Engine;
import io.interlock.testsupport.engine.SampleContainer;
import java.net.InetSocketAddress;

/** Sample containers on the real engine. */
final class RealFleet implements Fleet {

    private static final int PORT = 8080;

    private final Engine engine = Engine.connect();

    @Override
    public String engine() {
        return "real engine";
    }

    @Override
    public String engineAddress() {
        return engine.address().toString();
    }

    @Override
    public Member create(String host) {
        return new RealMember(engine.sample().hostname(host).create());
    }

    @Override
    public void close() {
        engine.close();
    }

    private record RealMember(SampleContainer container) implements Member {
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
