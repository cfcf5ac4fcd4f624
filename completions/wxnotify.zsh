#compdef wxnotify
# Completes wxnotify in zsh. In ~/.zshrc: eval "$(wxnotify completion zsh)"
_wxnotify() {
  local -a found
  local line value about files
  while IFS= read -r line; do
    if [[ $line == :files ]]; then files=1; continue; fi
    value=${line%%$'\t'*}
    about=${line#*$'\t'}
    found+=("${value//:/\\:}${about:+:$about}")
  done < <("${(Q)words[1]}" __complete "--word=${(Q)IPREFIX}${(Q)PREFIX}" -- "${(Q@)words[2,CURRENT-1]}" 2>/dev/null </dev/null)
  if [[ -n $files ]]; then
    compset -P '*='
    _files
  elif (( $#found )); then
    _describe -V wxnotify found
  fi
}
if [[ $funcstack[1] == _wxnotify ]]; then
  _wxnotify "$@"
else
  (( $+functions[compdef] )) || { autoload -Uz compinit && compinit -i }
  compdef _wxnotify wxnotify
fi
