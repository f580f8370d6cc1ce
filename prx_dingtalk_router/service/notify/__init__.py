"""The owner notice: people who look after the router are told of trouble by a private message of the robot."""
