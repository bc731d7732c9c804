// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.completion;

import java.util.Locale;

/** The shells that complete our commands. */
public enum Shell {
    BASH {
        @Override
        public String script(CommandWords commands) {
            return PosixTables.of(commands) + BASH_REST;
        }
    },
    ZSH {
        @Override
        public String script(CommandWords commands) {
            return "#compdef vnetc\n" + PosixTables.of(commands) + ZSH_REST;
        }
    },
    FISH {
        @Override
        public String script(CommandWords commands) {
            return FishScript.of(commands);
        }
    };

    private static final String BASH_REST = """

            _vnetc() {
            	local current=${COMP_WORDS[COMP_CWORD]} called= place=0 wants= word kind IFS=$'\\n'
            	for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
            		_vnetc_step "$word"
            	done
            	COMPREPLY=()
            	case ${wants:-$current} in
            	-*) [ -n "$wants" ] || COMPREPLY=($(compgen -W "$(_vnetc_options "$called" | cut -f 1)" -- "$current")) ;;
            	esac
            	kind=${wants:-$(_vnetc_place "$called" "$place")}
            	case $kind in
            	file) compopt -o filenames 2>/dev/null; COMPREPLY+=($(compgen -f -- "$current")) ;;
            	folder) compopt -o filenames 2>/dev/null; COMPREPLY+=($(compgen -d -- "$current")) ;;
            	*) COMPREPLY+=($(compgen -W "$(_vnetc_values "$kind" "$called")" -- "$current")) ;;
            	esac
            }

            complete -F _vnetc vnetc
            """;

    private static final String ZSH_REST = """

            _vnetc() {
            	local current=$words[CURRENT] called= place=0 wants= word kind
            	local -a found
            	for word in ${words[2,CURRENT-1]}; do
            		_vnetc_step "$word"
            	done
            	if [[ -z $wants && $current == -* ]]; then
            		found=("${(@f)$(_vnetc_options "$called" | sed 's/:/\\\\:/g; s/\\t/:/')}")
            		_describe -o option found
            		return
            	fi
            	kind=${wants:-$(_vnetc_place "$called" "$place")}
            	case $kind in
            	file) _files ;;
            	folder) _files -/ ;;
            	commands)
            		found=("${(@f)$(_vnetc_commands "$called" | sed 's/:/\\\\:/g; s/\\t/:/')}")
            		_describe command found
            		;;
            	*) found=("${(@f)$(_vnetc_values "$kind" "$called")}") && compadd -a found ;;
            	esac
            }

            if [ "${funcstack[1]}" = _vnetc ]; then
            	_vnetc "$@"
            else
            	compdef _vnetc vnetc
            fi
            """;

    /** The script that makes this shell complete our commands. */
    public abstract String script(CommandWords commands);

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
