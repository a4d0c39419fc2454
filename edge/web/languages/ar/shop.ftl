door-price = Door price
