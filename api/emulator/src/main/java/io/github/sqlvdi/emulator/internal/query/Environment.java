package io.github.sqlvdi.emulator.internal.query;

import io.github.sqlvdi.emulator.internal.types.Value;
import java.util.List;
import java.util.Optional;

/** The session in which an expression is evaluated: its variables, functions about the server, and views. */
public interface Environment {

    /**
     * Finds a variable.
     *
     * @param name the name with its {@literal @}
     * @return its value; empty if it was not declared
     */
    Optional<Value> variable(String name);

    /**
     * Evaluates a function about the server or the session.
     *
     * @param name the name in upper case; of the kind without parentheses too, and with two {@literal @}
     * @param arguments the arguments
     * @return the value; empty for an unknown function
     */
    Optional<Value> function(String name, List<Value> arguments);

    /**
     * Finds a table or view.
     *
     * @param name the name, qualifiers first
     * @return a snapshot of it; empty if there is none
     */
    Optional<Relation> view(List<String> name);
}
