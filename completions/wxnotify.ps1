# Completes wxnotify in PowerShell. In $PROFILE: wxnotify completion powershell | Out-String | Invoke-Expression
Register-ArgumentCompleter -Native -CommandName 'wxnotify' -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)
    $elements = @($commandAst.CommandElements | Where-Object { $_.Extent.EndOffset -lt $cursorPosition })
    $words = @($elements | ForEach-Object {
        if ($_ -is [System.Management.Automation.Language.StringConstantExpressionAst]) { $_.Value } else { $_.Extent.Text }
    })
    $program = [string]$commandAst.CommandElements[0]
    $before = @($words | Select-Object -Skip 1)
    $word = ([string]$wordToComplete).Trim([char]34, [char]39)
    & $program '__complete' "--word=$word" '--' @before 2>$null | ForEach-Object {
        $value, $about = $_ -split "`t", 2
        if ($value -ne ':files') {
            $text = if ($value -match '^[\w\-./:=+%]+$') { $value } else { "'" + $value.Replace("'", "''") + "'" }
            $shown = if ($about) { $about } else { $value }
            [System.Management.Automation.CompletionResult]::new($text, $value, 'ParameterValue', $shown)
        }
    }
}
