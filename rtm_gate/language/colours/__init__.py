"""What a policy looks like on a screen: its words in classes, and the lexers made from them."""
