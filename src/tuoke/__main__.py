from tuoke.cli import main

main()
