package io.github.sqlvdi.emulator.internal.language;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Parses CREATE, ALTER and DROP DATABASE. */
final class DatabaseParser {

    private static final Set<String> SETTINGS = Set.of("RECOVERY", "SINGLE_USER", "MULTI_USER", "RESTRICTED_USER",
            "OFFLINE", "ONLINE", "READ_ONLY", "READ_WRITE");

    private final TokenStream in;

    DatabaseParser(TokenStream in) {
        this.in = in;
    }

    Statement change(String action, int line) throws SyntaxException {
        in.require("DATABASE");
        return switch (action) {
            case "CREATE" -> new Statement.DatabaseChange(action, List.of(in.name()), null, null, false, line);
            case "DROP" -> drop(line);
            default -> alter(line);
        };
    }

    private Statement drop(int line) throws SyntaxException {
        boolean ifExists = in.isNext("IF");
        if (ifExists) {
            in.next();
            in.require("EXISTS");
        }
        List<String> names = new ArrayList<>();
        do {
            names.add(in.name());
        } while (in.take(","));
        return new Statement.DatabaseChange("DROP", names, null, null, ifExists, line);
    }

    private Statement alter(int line) throws SyntaxException {
        String name = in.isNext("CURRENT") ? in.word() : in.name();
        if (in.take("MODIFY")) {
            in.require("NAME");
            in.require("=");
            return new Statement.DatabaseChange("ALTER", List.of(name), "NAME", in.name(), false, line);
        }
        in.require("SET");
        Token token = in.peek();
        String option = in.word();
        if (!SETTINGS.contains(option)) {
            throw SyntaxException.near(token);
        }
        String value = option.equals("RECOVERY") ? recovery() : null;
        if (in.take("WITH")) {
            termination();
        }
        return new Statement.DatabaseChange("ALTER", List.of(name), option, value, false, line);
    }

    private String recovery() throws SyntaxException {
        Token token = in.peek();
        String model = in.word();
        if (!Set.of("FULL", "SIMPLE", "BULK_LOGGED").contains(model)) {
            throw SyntaxException.near(token);
        }
        return model;
    }

    private void termination() throws SyntaxException {
        if (in.take("NO_WAIT")) {
            return;
        }
        in.require("ROLLBACK");
        if (in.take("AFTER")) {
            in.integer();
            in.take("SECONDS");
        } else {
            in.require("IMMEDIATE");
        }
    }
}
