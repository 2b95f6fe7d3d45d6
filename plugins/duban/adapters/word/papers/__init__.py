"""The wording of each paper's base document. Staff may go on editing the .docx in Word; tags stand in double braces."""
