"""What the black-box tests share: real servers, people who visit them, browsers."""
