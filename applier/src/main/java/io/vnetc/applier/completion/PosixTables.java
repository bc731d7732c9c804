// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.completion;

import io.vnetc.applier.completion.CommandWords.OptionWords;
import java.util.List;

/** The commands as shell functions that bash and zsh share: each prints one choice a line, with its description. */
final class PosixTables {
    private final StringBuilder text = new StringBuilder();

    private PosixTables() {}

    static String of(CommandWords commands) {
        return new PosixTables().write(commands);
    }

    private String write(CommandWords root) {
        List<CommandWords> all = root.all().toList();
        text.append("# Completes vnetc; made by `vnetc completion`.\n");
        table(
                "commands",
                all,
                command -> command.commands().forEach(below -> choice(below.name(), below.description())));
        table(
                "options",
                all,
                command -> command.options()
                        .forEach(option -> option.names().forEach(name -> choice(name, option.description()))));
        text.append("\n_vnetc_place() {\n\tcase $1/$2 in\n");
        for (CommandWords command : all) {
            places(command);
        }
        text.append("\tesac\n}\n\n_vnetc_value() {\n\tcase $1/$2 in\n");
        for (CommandWords command : all) {
            command.options().stream()
                    .filter(option -> option.value().isPresent())
                    .forEach(option -> value(command, option));
        }
        text.append("\tesac\n}\n");
        text.append("""

                # Takes a word before the cursor: sets called, the command; place, how many values it has; wants, the value that is next.
                _vnetc_step() {
                	if [ -n "$wants" ]; then
                		wants=
                		return
                	fi
                	wants=$(_vnetc_value "$called" "$1")
                	case $1 in
                	-*) return ;;
                	esac
                	if _vnetc_commands "$called" | cut -f 1 | grep -qxF -e "$1"; then
                		called=${called:+$called }$1
                	else
                		place=$((place + 1))
                	fi
                }

                _vnetc_values() {
                	case $1 in
                	commands) _vnetc_commands "$2" | cut -f 1 ;;
                	'@'*) vnetc completion --names "${1#@}" 2>/dev/null ;;
                	'='*) printf '%s\\n' "${1#=}" | tr , '\\n' ;;
                	netns) ip netns list 2>/dev/null | cut -d ' ' -f 1 ;;
                	esac
                }
                """);
        return text.toString();
    }

    private interface Row {
        void write(CommandWords command);
    }

    private void table(String name, List<CommandWords> all, Row row) {
        text.append("\n_vnetc_").append(name).append("() {\n\tcase $1 in\n");
        for (CommandWords command : all) {
            text.append('\t').append(quoted(command.path())).append(")\n\t\t:\n");
            row.write(command);
            text.append("\t\t;;\n");
        }
        text.append("\tesac\n}\n");
    }

    private void choice(String word, String description) {
        text.append("\t\tprintf '%s\\t%s\\n' ")
                .append(quoted(word))
                .append(' ')
                .append(quoted(description))
                .append('\n');
    }

    private void places(CommandWords command) {
        if (!command.commands().isEmpty()) {
            text.append('\t').append(quoted(command.path() + "/0")).append(") echo commands ;;\n");
        }
        for (int i = 0; i < command.places().size(); i++) {
            boolean rest = command.repeats() && i == command.places().size() - 1;
            text.append('\t')
                    .append(quoted(command.path() + "/" + (rest ? "" : i)))
                    .append(rest ? "*" : "")
                    .append(") echo ")
                    .append(quoted(command.places().get(i).word()))
                    .append(" ;;\n");
        }
    }

    private void value(CommandWords command, OptionWords option) {
        for (String name : option.names()) {
            text.append('\t')
                    .append(quoted(command.path() + "/" + name))
                    .append(") echo ")
                    .append(quoted(option.value().orElseThrow().word()))
                    .append(" ;;\n");
        }
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }
}
