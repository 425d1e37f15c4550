// Executes the text on standard input by go-mssqldb. Arguments: those of ../python/client.py, with "go-mssqldb" as the
// driver. "abandon" gives up the statement when its deadline has passed.
package main

import (
	"context"
	"database/sql"
	"fmt"
	"io"
	"net/url"
	"os"
	"time"

	_ "github.com/microsoft/go-mssqldb"
)

const deadline = 2 * time.Second

func main() {
	if len(os.Args) == 2 {
		return
	}
	if err := execute(os.Args[2], os.Args[3], os.Args[4], os.Args[5] == "abandon"); err != nil {
		fmt.Fprintln(os.Stderr, "error:", err)
		os.Exit(1)
	}
}

func execute(port, user, password string, abandon bool) error {
	text, err := io.ReadAll(os.Stdin)
	if err != nil {
		return err
	}
	server := url.URL{
		Scheme:   "sqlserver",
		User:     url.UserPassword(user, password),
		Host:     "localhost:" + port,
		RawQuery: "encrypt=true&TrustServerCertificate=true",
	}
	pool, err := sql.Open("sqlserver", server.String())
	if err != nil {
		return err
	}
	defer pool.Close()
	ctx := context.Background()
	if abandon {
		limited, cancel := context.WithTimeout(ctx, deadline)
		defer cancel()
		ctx = limited
	}
	_, err = pool.ExecContext(ctx, string(text))
	return err
}
