package io.github.sqlvdi.internal.platform;

import io.github.sqlvdi.internal.engine.EmbeddedVdi;
import io.github.sqlvdi.internal.provider.ComProvider;

/** The VDI that this library contains, used through its COM objects as a native one would be. */
final class EmbeddedProvider extends ComProvider {

    static final EmbeddedProvider INSTANCE = new EmbeddedProvider();

    private EmbeddedProvider() {
    }

    @Override
    public String name() {
        return "embedded";
    }

    @Override
    protected long createClientSet() {
        return EmbeddedVdi.createClientSet();
    }

    @Override
    protected long createServerSet() {
        return EmbeddedVdi.createServerSet();
    }
}
