package io.github.sqlvdi.emulator.sqlserver;

import java.util.ArrayDeque;
import java.util.List;

/** The last texts that clients sent. Bounded; safe for several threads. */
final class ExecutedTexts {

    private static final int LIMIT = 10_000;
    private static final int LONGEST = 65_536;

    private final ArrayDeque<ExecutedText> texts = new ArrayDeque<>();

    synchronized void add(int session, String text) {
        texts.add(new ExecutedText(session, text.length() > LONGEST ? text.substring(0, LONGEST) : text));
        if (texts.size() > LIMIT) {
            texts.remove();
        }
    }

    synchronized List<ExecutedText> list() {
        return List.copyOf(texts);
    }
}
