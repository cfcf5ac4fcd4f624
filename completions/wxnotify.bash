# Completes wxnotify in bash, from 3.2. In ~/.bashrc: eval "$(wxnotify completion bash)"
_wxnotify() {
  local i text word value rest=${COMP_LINE:0:COMP_POINT} quote='' breaks='' cut='' files=''
  local -a words
  words=()
  # bash cuts words at : and = as well; what has no blank between belongs together
  for ((i = 0; i <= COMP_CWORD; i++)); do
    text=${rest#"${rest%%[![:blank:]]*}"}
    word=${COMP_WORDS[i]}
    ((i == COMP_CWORD)) && word=$text
    if ((i == 0)) || [[ $rest != "$text" ]]; then
      words+=("$word")
    else
      words[${#words[@]} - 1]+=$word
    fi
    rest=${text#"$word"}
  done
  for ((i = 0; i < ${#words[@]}; i++)); do
    word=${words[i]}
    quote=''
    [[ $word == [\"\']* ]] && quote=${word:0:1} word=${word:1}
    [[ -n $quote ]] && word=${word%"$quote"}
    word=${word//\\/}
    words[i]=$word
  done
  # a completion replaces only what is behind the last of them
  [[ $COMP_WORDBREAKS == *=* ]] && breaks+='='
  [[ $COMP_WORDBREAKS == *:* ]] && breaks+=':'
  [[ -z $quote && -n $breaks ]] && cut=${word%"${word##*["$breaks"]}"}
  COMPREPLY=()
  while IFS=$'\t' read -r value _; do
    if [[ $value == :files ]]; then
      files=1
      continue
    fi
    value=${value#"$cut"}
    [[ -z $quote && $value == *[^[:alnum:]_./,:=+@%-]* ]] && printf -v value %q "$value"
    COMPREPLY+=("$value")
  done < <("$1" __complete "--word=$word" -- "${words[@]:1:${#words[@]}-2}" 2>/dev/null </dev/null)
  # with no answer, bash completes files by itself
  [[ -n $files ]] || compopt +o default 2>/dev/null || :
}
complete -o default -F _wxnotify wxnotify
