# Completes wxnotify in fish: wxnotify completion fish > ~/.config/fish/completions/wxnotify.fish
function __wxnotify_complete
    set -l before (commandline -opc)
    set -l program $before[1]
    set -e before[1]
    set -l word (commandline -ct)
    set -l plain (string unescape -- $word 2>/dev/null)
    and set word $plain
    for line in (command $program __complete "--word=$word" -- $before 2>/dev/null </dev/null)
        if test "$line" = :files
            set -l start (string match -r -- '^-.*?=|^[^/]*=' "$word")
            set -l rest (string sub -s (math 1 + (string length -- "$start")) -- "$word")
            for file in (__fish_complete_path "$rest")
                echo "$start$file"
            end
        else
            echo $line
        end
    end
end
complete -c wxnotify -e
complete -c wxnotify -f -k -a '(__wxnotify_complete)'
