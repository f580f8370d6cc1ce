"""Write the parse table of the grammar beside it, so that no command has to compute it."""

from pathlib import Path

from prx_dingtalk_router.language.syntax.grammar import TABLE_FILE, table_file

if __name__ == "__main__":
    (Path(__file__).parents[1] / "grammar" / TABLE_FILE).write_bytes(table_file())
