package io.github.sqlvdi.emulator.internal.language;

import java.util.List;

/** A statement of a batch. */
public sealed interface Statement permits Select, BackupStatement, RestoreStatement, CursorStatement,
        Statement.Declare,
        Statement.SetVariable, Statement.SetOption, Statement.If, Statement.While, Statement.Block, Statement.TryCatch,
        Statement.Print, Statement.RaiseError, Statement.WaitFor, Statement.Use, Statement.Execute,
        Statement.ExecuteText, Statement.Transaction, Statement.DatabaseChange, Statement.Kill, Statement.Return,
        Statement.LoopControl, Statement.Throw {

    /** {@return the line in the batch, from 1} */
    int line();

    /**
     * DECLARE of one variable.
     *
     * @param name the name with its {@literal @}
     * @param type the type
     * @param value the first value, null without
     * @param line the line
     */
    record Declare(String name, TypeName type, Expression value, int line) implements Statement {
    }

    /**
     * SET of a variable.
     *
     * @param name the name with its {@literal @}
     * @param value the value
     * @param line the line
     */
    record SetVariable(String name, Expression value, int line) implements Statement {
    }

    /**
     * SET of an option of the session.
     *
     * @param names the options in upper case
     * @param value the rest as written
     * @param line the line
     */
    record SetOption(List<String> names, String value, int line) implements Statement {
    }

    /**
     * IF.
     *
     * @param condition the condition
     * @param then the statement if true
     * @param otherwise the statement of ELSE, null without
     * @param line the line
     */
    record If(Expression condition, Statement then, Statement otherwise, int line) implements Statement {
    }

    /**
     * WHILE.
     *
     * @param condition the condition
     * @param body the statement
     * @param line the line
     */
    record While(Expression condition, Statement body, int line) implements Statement {
    }

    /**
     * BREAK or CONTINUE.
     *
     * @param isBreak whether the loop ends
     * @param line the line
     */
    record LoopControl(boolean isBreak, int line) implements Statement {
    }

    /**
     * BEGIN ... END.
     *
     * @param statements what is inside
     * @param line the line
     */
    record Block(List<Statement> statements, int line) implements Statement {
    }

    /**
     * BEGIN TRY ... BEGIN CATCH.
     *
     * @param tried the statements of TRY
     * @param caught the statements of CATCH
     * @param line the line
     */
    record TryCatch(List<Statement> tried, List<Statement> caught, int line) implements Statement {
    }

    /**
     * PRINT.
     *
     * @param value the text
     * @param line the line
     */
    record Print(Expression value, int line) implements Statement {
    }

    /**
     * RAISERROR.
     *
     * @param message the text or the number
     * @param severity the severity
     * @param state the state
     * @param arguments for the places in the text
     * @param line the line
     */
    record RaiseError(Expression message, Expression severity, Expression state, List<Expression> arguments, int line)
            implements
                Statement {
    }

    /**
     * THROW.
     *
     * @param number the number, null to throw the caught error again
     * @param message the text
     * @param state the state
     * @param line the line
     */
    record Throw(Expression number, Expression message, Expression state, int line) implements Statement {
    }

    /**
     * WAITFOR.
     *
     * @param time how long, or until when
     * @param delay whether it is a delay
     * @param line the line
     */
    record WaitFor(Expression time, boolean delay, int line) implements Statement {
    }

    /**
     * USE.
     *
     * @param database the database
     * @param line the line
     */
    record Use(String database, int line) implements Statement {
    }

    /**
     * EXECUTE of a procedure.
     *
     * @param procedure the name, qualifiers first
     * @param result the variable of the return status, null without
     * @param arguments the arguments
     * @param line the line
     */
    record Execute(List<String> procedure, String result, List<Argument> arguments, int line) implements Statement {
    }

    /**
     * An argument of a procedure.
     *
     * @param name the parameter, null by position
     * @param value the value
     * @param output whether the variable takes the result
     */
    record Argument(String name, Expression value, boolean output) {
    }

    /**
     * EXECUTE of a text.
     *
     * @param text the text
     * @param line the line
     */
    record ExecuteText(Expression text, int line) implements Statement {
    }

    /**
     * BEGIN, COMMIT, ROLLBACK or SAVE TRANSACTION.
     *
     * @param action the first word in upper case
     * @param line the line
     */
    record Transaction(String action, int line) implements Statement {
    }

    /**
     * CREATE, ALTER or DROP DATABASE.
     *
     * @param action the first word in upper case
     * @param databases the databases; one, or several for DROP
     * @param option of ALTER ... SET, in upper case; null without
     * @param value the value of the option, in upper case; null without
     * @param ifExists whether DROP leaves an unknown name alone
     * @param line the line
     */
    record DatabaseChange(String action, List<String> databases, String option, String value, boolean ifExists,
            int line)
            implements
                Statement {
    }

    /**
     * KILL.
     *
     * @param session the session
     * @param line the line
     */
    record Kill(Expression session, int line) implements Statement {
    }

    /**
     * RETURN.
     *
     * @param status the status, null without
     * @param line the line
     */
    record Return(Expression status, int line) implements Statement {
    }
}
