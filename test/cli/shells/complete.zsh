# What zsh makes of command lines when Tab is pressed at their ends: zsh -f complete.zsh <script of naru completion> <line>…
zmodload zsh/zpty
result=$(mktemp)
zpty shell zsh -f -i
zpty -w shell 'PROMPT=""; autoload -U compinit; compinit -u -D; source '$1'; bindkey "^I" complete-word
report() { print -r -- "$BUFFER" >> '$result'; BUFFER="" }; zle -N report; bindkey "^T" report; print ready >> '$result
wait_for_lines() { for ((i = 0; i < 200; i++)); do [[ $(wc -l < $result) -ge $1 ]] && return; sleep 0.05; done }
wait_for_lines 1
for ((at = 2; at <= $#; at++)); do
  zpty -n -w shell "${(P)at}"$'\t\x14'
  wait_for_lines $at
done
tail -n +2 $result
rm -f $result
