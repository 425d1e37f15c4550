package io.github.sqlvdi.storage.internal.age;

import com.exceptionfactory.jagged.RecipientStanzaReader;

/**
 * What opens streams.
 *
 * @param reader finds the stream's key in a header
 * @param type the type of the recipients that it can be, such as {@code X25519}
 */
public record Identity(RecipientStanzaReader reader, String type) {
}
