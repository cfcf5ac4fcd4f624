/** A button that copies a command. The page can be read without it: `user-select: all` takes the whole command. */
export const script = `
for (const box of document.querySelectorAll('.command')) {
  const code = box.querySelector('code');
  const button = document.createElement('button');
  button.type = 'button';
  button.textContent = 'Copy';
  button.addEventListener('click', async () => {
    try {
      await navigator.clipboard.writeText(code.textContent);
      button.textContent = 'Copied';
    } catch {
      getSelection().selectAllChildren(code);
      button.textContent = 'Selected';
    }
    setTimeout(() => (button.textContent = 'Copy'), 1500);
  });
  box.append(button);
}
`;
