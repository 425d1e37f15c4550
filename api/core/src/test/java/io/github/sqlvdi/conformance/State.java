package io.github.sqlvdi.conformance;

/** A state of a set as one side sees it (VDI reference 3.4), and the way there. */
interface State {

    String label();

    /** Whether the way there needs a server half. */
    boolean needsServer();

    /** Brings a fresh stage into the state. */
    void arrange(Stage stage);

    /** As a client process sees it. */
    enum Client implements State {
        DNE("DNE", false) {
            @Override
            public void arrange(Stage stage) {
                // A new client object is in this state.
            }
        },
        CLOSED("DNE after Close", false) {
            @Override
            public void arrange(Stage stage) {
                stage.created();
                Stage.ok("client Close", stage.client.close());
            }
        },
        CONFIGURABLE("Configurable", false) {
            @Override
            public void arrange(Stage stage) {
                stage.created();
            }
        },
        INITIALIZING("Initializing", true) {
            @Override
            public void arrange(Stage stage) {
                stage.configured();
            }
        },
        ACTIVE("Active", true) {
            @Override
            public void arrange(Stage stage) {
                stage.active();
            }
        },
        NORMALLY_TERMINATED("NT", true) {
            @Override
            public void arrange(Stage stage) {
                stage.normallyTerminated();
            }
        },
        ABNORMALLY_TERMINATED("AT", true) {
            @Override
            public void arrange(Stage stage) {
                stage.aborted();
            }
        };

        private final String label;
        private final boolean needsServer;

        Client(String label, boolean needsServer) {
            this.label = label;
            this.needsServer = needsServer;
        }

        @Override
        public String label() {
            return label;
        }

        @Override
        public boolean needsServer() {
            return needsServer;
        }
    }

    /** As the server sees it. */
    enum Server implements State {
        DNE("DNE") {
            @Override
            public void arrange(Stage stage) {
                stage.created();
            }
        },
        CONNECTED("Connected") {
            @Override
            public void arrange(Stage stage) {
                stage.opened();
            }
        },
        CONFIGURABLE("Configurable") {
            @Override
            public void arrange(Stage stage) {
                stage.begun();
            }
        },
        INITIALIZING("Initializing") {
            @Override
            public void arrange(Stage stage) {
                stage.configured();
            }
        },
        ACTIVE("Active") {
            @Override
            public void arrange(Stage stage) {
                stage.active();
            }
        },
        NORMALLY_TERMINATED("NT") {
            @Override
            public void arrange(Stage stage) {
                stage.normallyTerminated();
            }
        },
        ABNORMALLY_TERMINATED("AT") {
            @Override
            public void arrange(Stage stage) {
                stage.active();
                Stage.ok("server SignalAbort", stage.server().signalAbort());
            }
        },
        CLOSED("DNE after Close") {
            @Override
            public void arrange(Stage stage) {
                stage.normallyTerminated();
                Stage.ok("server Close", stage.server().close());
            }
        };

        private final String label;

        Server(String label) {
            this.label = label;
        }

        @Override
        public String label() {
            return label;
        }

        @Override
        public boolean needsServer() {
            return true;
        }
    }
}
