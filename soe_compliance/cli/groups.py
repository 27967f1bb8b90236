"""Commands by name."""

import click


class Group(click.Group):
    """Commands of which one that is not there is told of as all other errors are."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name = args[0]
        if not name.startswith("-") and self.get_command(ctx, name) is None:
            from soe_compliance.domain.errors import UserError
            from soe_compliance.domain.meant import among
            from soe_compliance.domain.text import Text

            what = Text(f"没有命令{name}", f"there is no command {name}")
            raise UserError(what, place=ctx.command_path, remedy=among(name, self.list_commands(ctx)))
        return super().resolve_command(ctx, args)
