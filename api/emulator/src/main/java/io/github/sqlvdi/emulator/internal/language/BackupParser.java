package io.github.sqlvdi.emulator.internal.language;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Parses BACKUP and RESTORE (TDS reference 7.1, 7.2). */
final class BackupParser {

    private static final Set<String> DEVICE_TYPES = Set.of("VIRTUAL_DEVICE", "DISK", "TAPE", "URL");
    private static final Set<String> PARTS = Set.of("FILE", "FILEGROUP", "READ_WRITE_FILEGROUPS", "PAGE");

    private final TokenStream in;
    private final ExpressionParser expressions;

    BackupParser(TokenStream in, ExpressionParser expressions) {
        this.in = in;
        this.expressions = expressions;
    }

    Statement backup() throws SyntaxException {
        int line = in.next().line();
        boolean log = in.take("LOG", "TRANSACTION", "TRAN");
        if (!log) {
            in.require("DATABASE");
        }
        Expression database = name();
        List<BackupOption> parts = parts();
        in.require("TO");
        List<Device> devices = devices();
        boolean mirrored = false;
        while (in.take("MIRROR")) {
            in.require("TO");
            devices();
            mirrored = true;
        }
        return new BackupStatement(log, database, parts, devices, mirrored, options(BackupOptions.BACKUP, "BACKUP"),
                line);
    }

    Statement restore() throws SyntaxException {
        int line = in.next().line();
        Token token = in.peek();
        RestoreStatement.Kind kind = kind(token);
        in.next();
        Expression database = null;
        List<BackupOption> parts = List.of();
        List<Device> devices = List.of();
        boolean restores = kind == RestoreStatement.Kind.DATABASE || kind == RestoreStatement.Kind.LOG;
        if (restores) {
            database = name();
            parts = parts();
        }
        if (!restores || in.isNext("FROM")) {
            in.require("FROM");
            devices = devices();
        }
        return new RestoreStatement(kind, database, parts, devices, options(BackupOptions.RESTORE, "RESTORE"), line);
    }

    private static RestoreStatement.Kind kind(Token token) throws SyntaxException {
        String word = token.text().toUpperCase(Locale.ROOT);
        for (RestoreStatement.Kind kind : RestoreStatement.Kind.values()) {
            if (token.kind() == Token.Kind.WORD && kind.name().equals(word)) {
                return kind;
            }
        }
        if (token.is("TRANSACTION") || token.is("TRAN")) {
            return RestoreStatement.Kind.LOG;
        }
        throw SyntaxException.near(token);
    }

    /** A name without quotes, in quotes, or in a variable. */
    private Expression name() throws SyntaxException {
        Token token = in.peek();
        if (token.kind() == Token.Kind.VARIABLE) {
            return new Expression.Variable(in.next().text(), token.line());
        }
        return new Expression.Literal(in.name());
    }

    private List<BackupOption> parts() throws SyntaxException {
        List<BackupOption> parts = new ArrayList<>();
        while (in.peek().kind() == Token.Kind.WORD && PARTS.contains(in.peek().text().toUpperCase(Locale.ROOT))) {
            int line = in.peek().line();
            String word = in.word();
            if (word.equals("READ_WRITE_FILEGROUPS")) {
                parts.add(new BackupOption(word, null, null, line));
            } else {
                in.require("=");
                parts.add(new BackupOption(word, text(), null, line));
            }
            if (!in.take(",")) {
                break;
            }
        }
        return parts;
    }

    private List<Device> devices() throws SyntaxException {
        List<Device> devices = new ArrayList<>();
        do {
            devices.add(device());
        } while (in.take(","));
        return devices;
    }

    private Device device() throws SyntaxException {
        Token token = in.peek();
        String type = token.text().toUpperCase(Locale.ROOT);
        if (token.kind() == Token.Kind.WORD && DEVICE_TYPES.contains(type) && in.peek(1).is("=")) {
            in.next();
            in.next();
            return new Device(type, text());
        }
        return new Device("LOGICAL", name());
    }

    /** A text, a number or a variable, perhaps with a sign. */
    private Expression text() throws SyntaxException {
        Token token = in.peek();
        return switch (token.kind()) {
            case STRING, NUMBER, VARIABLE -> expressions.value();
            case SYMBOL -> {
                if (!token.is("-")) {
                    throw SyntaxException.near(token);
                }
                yield expressions.value();
            }
            default -> throw SyntaxException.near(token);
        };
    }

    private List<BackupOption> options(BackupOptions known, String statement) throws SyntaxException {
        List<BackupOption> options = new ArrayList<>();
        if (!in.take("WITH")) {
            return options;
        }
        do {
            Token token = in.peek();
            BackupOptions.Shape shape = known.shape(token);
            if (shape == null) {
                if (token.kind() != Token.Kind.WORD) {
                    throw SyntaxException.near(token);
                }
                throw new SyntaxException(155, token.line(), "'%s' is not a recognized %s option.", token.text(),
                        statement);
            }
            options.add(option(shape));
        } while (in.take(","));
        return options;
    }

    private BackupOption option(BackupOptions.Shape shape) throws SyntaxException {
        int line = in.peek().line();
        String name = in.word();
        return switch (shape) {
            case ALONE -> new BackupOption(name, null, null, line);
            case VALUE -> {
                in.require("=");
                yield new BackupOption(name, text(), null, line);
            }
            case MAYBE_VALUE -> new BackupOption(name, in.take("=") ? text() : null, null, line);
            case WORD -> {
                Expression word = in.take("=") ? new Expression.Literal(in.word()) : null;
                yield new BackupOption(name, word, null, line);
            }
            case MOVE -> {
                Expression logical = text();
                in.require("TO");
                yield new BackupOption(name, logical, text(), line);
            }
            case MARK -> {
                in.require("=");
                Expression mark = text();
                yield new BackupOption(name, mark, in.take("AFTER") ? text() : null, line);
            }
            case PARENTHESES -> new BackupOption(name, new Expression.Literal(parentheses()), null, line);
        };
    }

    /** The words in parentheses, with blanks between them; empty without parentheses. */
    private String parentheses() throws SyntaxException {
        StringBuilder words = new StringBuilder();
        if (in.take("(")) {
            while (!in.isNext(")")) {
                if (in.atEnd()) {
                    throw SyntaxException.near(in.peek());
                }
                words.append(words.isEmpty() ? "" : " ").append(in.next().text());
            }
            in.next();
        }
        return words.toString();
    }
}
